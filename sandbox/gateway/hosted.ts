import { UnsupportedError } from '../failures';
import type { ApiAnswer, Hosted, HostedParts } from './api';
import type { HttpRequest } from './protocols/request';
import { warnOf } from './warning';

/** Everything that is hosted, by the beginning of its path. */
export class HostedPaths {
  private readonly byPath = new Map<string, Hosted>();

  /** @param path begins and ends with a slash, and is no name that a bucket may have */
  add(path: string, hosted: Hosted): void {
    this.byPath.set(path, hosted);
  }

  /** What answers a path, by its longest beginning; undefined for AWS's API. */
  at(path: string): Hosted | undefined {
    const [longest] = [...this.byPath.keys()]
      .filter((beginning) => path.startsWith(beginning))
      .sort((one, other) => other.length - one.length);
    return longest === undefined ? undefined : this.byPath.get(longest);
  }
}

/**
 * Answers a request to something hosted. What the sandbox does not do is told to who asked, and warned of: everybody who reaches a
 * URL may ask for anything. Any other error is the sandbox's own.
 */
export async function answerHosted(
  hosted: Hosted,
  request: HttpRequest,
  parts: HostedParts,
  reportFailure: (error: Error) => void,
): Promise<ApiAnswer> {
  try {
    return await hosted(request, parts);
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    const isUnsupported = error instanceof UnsupportedError;
    const status = isUnsupported ? 501 : 500;
    if (isUnsupported) {
      const who = `${request.method} ${request.path}`;
      warnOf({ who }, { code: 'NotImplemented', message: failure.message }, parts.events);
    } else reportFailure(failure);
    return {
      status,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ message: failure.message }),
    };
  }
}
