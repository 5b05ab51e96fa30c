package io.qiki.dtmp.provider;

import io.qiki.dtmp.model.SensedInput;

/** The observations of one twin. */
@FunctionalInterface
public interface DataProvider {
    /**
     * What is to be seen at a tick; called once per tick, ticks rising.
     *
     * @param tick number of the agent cycle, at least 0
     * @return the observation of exactly this tick, or a failure; never null, never an exception
     */
    SensedInput observe(long tick);
}
