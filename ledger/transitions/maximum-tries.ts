/** After this many tries in a row that failed, the sweep gives up and people are told. */
export const maximumTries = 10;
