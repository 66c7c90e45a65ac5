/**
 * What every client of the sandbox's own is made with. A whole organization is brought up at once, so that many calls of one client wait
 * for its fifty connections; by default the SDK warns after three seconds of waiting, of each client anew.
 * https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/node-configuring-maxsockets.html
 */
export const manyCalls = { requestHandler: { socketAcquisitionWarningTimeout: 10 * 60_000 } };
