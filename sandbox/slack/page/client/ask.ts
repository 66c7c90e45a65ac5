import type { PageAnswer, PageRequests } from '../protocol';

/** Asks the server for something; where it cannot be reached, that is the problem. */
export async function ask<Path extends keyof PageRequests>(
  path: Path,
  body: PageRequests[Path],
): Promise<PageAnswer> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.ok) return (await response.json()) as PageAnswer;
    return { problem: `The sandbox answered HTTP ${response.status}.` };
  } catch {
    return { problem: 'The sandbox does not answer. Is it still running?' };
  }
}
