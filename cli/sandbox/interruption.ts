/**
 * Resolves at the first Ctrl-C, or other request to end. From the second one on the process ends at once, by the signal's
 * own default.
 */
export function interruption(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}
