/** What of the page its address says, so that it can be kept and given to others. */
export interface Place {
  user?: string;
  channel?: string;
  /** `ts` of the message whose thread is open. */
  thread?: string;
}

/** What the page's address says. */
export function placeOfAddress(): Place {
  const parameters = new URLSearchParams(location.search);
  const [user, channel, thread] = ['user', 'channel', 'thread'].map((name) => parameters.get(name));
  return { ...(user && { user }), ...(channel && { channel }), ...(thread && { thread }) };
}

/** Writes into the page's address where it is. */
export function noteInAddress(place: Place): void {
  history.replaceState(null, '', `?${new URLSearchParams({ ...place })}`);
}
