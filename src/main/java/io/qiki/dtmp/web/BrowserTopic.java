package io.qiki.dtmp.web;

import io.qiki.dtmp.bus.Addresses;
import java.util.List;
import java.util.Optional;

/**
 * What a browser can register for.
 *
 * @param address on the socket
 * @param twin whose; empty for the fleet
 * @param kind what of it
 */
record BrowserTopic(String address, String twin, Kind kind) {
    /** Kinds of topics; the text is the end of the address. */
    enum Kind {
        TELEMETRY("telemetry"),
        STATE("state"),
        DECISION("decision"),
        COMMAND("command"),
        EVENT("event"),
        FLEET("");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    private static final List<Kind> OF_A_TWIN =
            List.of(Kind.TELEMETRY, Kind.STATE, Kind.DECISION, Kind.COMMAND, Kind.EVENT);

    static BrowserTopic of(String twin, Kind kind) {
        return new BrowserTopic(Addresses.webTwin(twin, kind.text()), twin, kind);
    }

    static BrowserTopic fleet() {
        return new BrowserTopic(Addresses.WEB_FLEET, "", Kind.FLEET);
    }

    /** The topic of an address; empty for everything that is not allowed. */
    static Optional<BrowserTopic> parse(String address) {
        if (address.equals(Addresses.WEB_FLEET)) {
            return Optional.of(fleet());
        }
        int dot = address.lastIndexOf('.');
        if (!address.startsWith(Addresses.WEB_TWIN) || dot < Addresses.WEB_TWIN.length()) {
            return Optional.empty();
        }
        String twin = address.substring(Addresses.WEB_TWIN.length(), dot);
        String end = address.substring(dot + 1);
        return OF_A_TWIN.stream()
                .filter(kind -> kind.text().equals(end))
                .map(kind -> new BrowserTopic(address, twin, kind))
                .findFirst();
    }

    /** Whether every message counts; of the others the newest replaces what waits. */
    boolean everyOne() {
        return kind == Kind.EVENT || kind == Kind.COMMAND;
    }
}
