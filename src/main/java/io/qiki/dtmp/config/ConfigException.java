package io.qiki.dtmp.config;

import io.qiki.dtmp.model.FailureCode;
import java.util.List;

/** A configuration that cannot be used, with all that is wrong with it. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1;

    private final FailureCode code;
    private final transient List<ConfigFault> faults;

    private ConfigException(FailureCode code, String sentence, List<ConfigFault> faults) {
        super(sentence);
        this.code = code;
        this.faults = List.copyOf(faults);
    }

    /** The file is not there, not readable or no JSON. */
    static ConfigException unreadable(String sentence) {
        return new ConfigException(FailureCode.CONFIG_UNREADABLE, sentence, List.of());
    }

    /** The configuration has faults. */
    static ConfigException invalid(String name, List<ConfigFault> faults) {
        String count = faults.size() == 1 ? "1 fault" : faults.size() + " faults";
        return new ConfigException(
                FailureCode.CONFIG_INVALID, "configuration " + name + " has " + count, faults);
    }

    /** CONFIG_UNREADABLE or CONFIG_INVALID. */
    public FailureCode code() {
        return code;
    }

    /** Every fault, in the order of reading; none when the file cannot be read at all. */
    public List<ConfigFault> faults() {
        return faults;
    }
}
