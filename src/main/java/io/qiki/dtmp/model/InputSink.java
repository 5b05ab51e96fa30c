package io.qiki.dtmp.model;

/** Where a shard writes down what enters it. */
public interface InputSink {
    /** Nobody keeps anything. */
    InputSink NONE =
            new InputSink() {
                @Override
                public boolean wanted() {
                    return false;
                }

                @Override
                public boolean detailed() {
                    return false;
                }

                @Override
                public void record(InputRecord record) {}
            };

    /** Whether anybody keeps what is recorded; if not, nothing needs to be made. */
    boolean wanted();

    /** Whether fingerprints of single fields are kept too. */
    boolean detailed();

    /** Writes down, in the order of the calls. */
    void record(InputRecord record);
}
