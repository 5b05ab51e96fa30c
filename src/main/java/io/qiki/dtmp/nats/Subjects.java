package io.qiki.dtmp.nats;

import io.qiki.dtmp.model.TwinId;
import java.util.List;

/** Every subject, and the streams that keep some of them. */
public final class Subjects {
    /** In: control commands for all twins of a process, JSON. */
    public static final String CONTROL = "qiki.commands.control";

    /** Out: acknowledgements of control commands, JSON. */
    public static final String CONTROL_RESPONSES = "qiki.responses.control";

    /** Out: radar frames of the first twin, all detections. */
    public static final String RADAR_FRAMES = "qiki.radar.v1.frames";

    /** Out: the same, those of the long-range band only. */
    public static final String RADAR_FRAMES_LONG = "qiki.radar.v1.frames.lr";

    /** Out: the same, those of the short-range band only. */
    public static final String RADAR_FRAMES_SHORT = "qiki.radar.v1.frames.sr";

    /** Out: contacts of the first twin, one a message. */
    public static final String RADAR_TRACKS = "qiki.radar.v1.tracks";

    /** Of every event. */
    public static final String EVENTS_ALL = "qiki.events.v1.>";

    /** Of every committed state. */
    public static final String STATES_ALL = "qiki.v1.*.state";

    /** Of everything that the ticks of all twins showed. */
    public static final String REPORTS_ALL = "qiki.v1.*.report";

    /** Of how every process is. */
    public static final String STATUS_ALL = "qiki.status.v1.*";

    /** Keeps radar frames and tracks. */
    public static final String RADAR_STREAM = "QIKI_RADAR_V1";

    /** Keeps events. */
    public static final String EVENTS_STREAM = "QIKI_EVENTS_V1";

    /** Keeps states, decisions and command stages. */
    public static final String TWIN_STREAM = "QIKI_TWIN_V1";

    private static final String EVENTS = "qiki.events.v1.";
    private static final String TWIN = "qiki.v1.";
    private static final String STATUS = "qiki.status.v1.";
    private static final String ORDERS = ".cmd.";

    private Subjects() {}

    /** The subjects that a stream keeps. */
    static List<String> of(String stream) {
        return switch (stream) {
            case RADAR_STREAM -> List.of("qiki.radar.v1.>");
            case EVENTS_STREAM -> List.of(EVENTS_ALL);
            case TWIN_STREAM -> List.of(STATES_ALL, "qiki.v1.*.decision", "qiki.v1.*.command");
            default -> throw new IllegalArgumentException("there is no stream " + stream);
        };
    }

    /** Out: events of a type. */
    public static String event(String type) {
        return EVENTS + type;
    }

    /** Out: the signals of a tick. */
    public static String telemetry(TwinId twin) {
        return TWIN + twin.value() + ".telemetry";
    }

    /** Out: everything that a tick showed. */
    public static String report(TwinId twin) {
        return TWIN + twin.value() + ".report";
    }

    /** Out: a committed state. */
    public static String state(TwinId twin) {
        return TWIN + twin.value() + ".state";
    }

    /** Out: what the agent decided at a tick. */
    public static String decision(TwinId twin) {
        return TWIN + twin.value() + ".decision";
    }

    /** Out: a stage that a command reached. */
    public static String command(TwinId twin) {
        return TWIN + twin.value() + ".command";
    }

    /** Out: how a process is. */
    public static String status(String source) {
        return STATUS + source;
    }

    /** The same as JSON. */
    static String json(String subject) {
        return subject + ".json";
    }

    /** In: everything that is asked of a twin. */
    static String orders(TwinId twin) {
        return TWIN + twin.value() + ORDERS + "*";
    }

    /** In: something that is asked of a twin. */
    public static String order(TwinId twin, Noun noun) {
        return TWIN + twin.value() + ORDERS + noun.word();
    }

    /** The name of the twin that a subject of a twin is about; empty for another subject. */
    static String twinOf(String subject) {
        int end = subject.startsWith(TWIN) ? subject.indexOf('.', TWIN.length()) : -1;
        return end < 0 ? "" : subject.substring(TWIN.length(), end);
    }

    /** What can be asked of a twin. */
    public enum Noun {
        /** SendCommandRequest: a command in doubles. */
        COMMAND("command"),
        /** ActuatorCommand of the original. */
        ACTUATOR("actuator"),
        /** InjectFaultRequest. */
        FAULT("fault"),
        /** ClearFaultRequest. */
        CLEAR_FAULT("clear-fault"),
        /** Nothing: which faults the vehicle holds. */
        FAULTS("faults");

        private final String word;

        Noun(String word) {
            this.word = word;
        }

        /** Last token of the subject. */
        public String word() {
            return word;
        }
    }
}
