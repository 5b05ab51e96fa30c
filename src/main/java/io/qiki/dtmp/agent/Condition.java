package io.qiki.dtmp.agent;

/** The conditions of the transition table, each a sentence for a person. */
public enum Condition {
    /** The operator wants the agent to end. */
    SHUTDOWN_REQUESTED("the operator asked for SHUTDOWN"),
    /** A reason for SAFE_MODE holds. */
    SAFE_MODE_REQUESTED("a reason for SAFE_MODE holds"),
    /** The first self-test does not come. */
    SELF_TEST_MISSING("no self-test report within the boot time"),
    /** The first self-test went wrong. */
    SELF_TEST_FAILED("a critical device failed three self-tests in a row"),
    /** A device that no SAFE_MODE reason covers failed. */
    SYSTEM_DEVICE_FAILED(
            "a critical device that is neither sensor nor actuator failed three self-tests in a row"),
    /** All is well at the start. */
    SELF_TEST_PASSED("every critical device is OK and every critical sensor was heard"),
    /** All is well again. */
    SELF_TEST_CONFIRMED("three self-tests in a row passed"),
    /** The way out of SAFE_MODE is free. */
    SAFE_EXIT_CONFIRMED(
            "everything required good for 3 ticks and 2 s in a row, heard anew since entry, no"
                    + " operator's hold"),
    /** There is something to do. */
    PROPOSAL_ACCEPTED("a proposal was accepted in the last tick"),
    /** There is nothing to do. */
    PROPOSALS_ABSENT("no proposal was accepted for the dwell time"),
    /** The vehicle changes place. */
    MANOEUVRE_EXECUTED("a manoeuvre's velocity is being flown"),
    /** The vehicle watches. */
    OBSERVATION_EXECUTED("the nose has settled on the observed object"),
    /** The vehicle stays. */
    HOLD_EXECUTED("a hold's velocity is being flown");

    private final String text;

    Condition(String text) {
        this.text = text;
    }

    /** The condition for a person. */
    public String text() {
        return text;
    }
}
