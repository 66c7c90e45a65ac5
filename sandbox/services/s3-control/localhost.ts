import { Agent } from 'node:http';
import type { LookupFunction } from 'node:net';
import { manyCalls } from '../../many-calls';

/**
 * Resolves `localhost` and every name below it to 127.0.0.1, as https://www.rfc-editor.org/rfc/rfc6761#section-6.3 says
 * and not every machine does. S3 Control's client puts the account before the host: `123456789012.localhost`.
 */
export const lookupLocalhost: LookupFunction = (hostname, options, callback) => {
  if (hostname !== 'localhost' && !hostname.endsWith('.localhost')) {
    callback(new Error(`The sandbox resolves names below localhost only, not ${hostname}.`), '', 4);
  } else if (options.all) {
    callback(null, [{ address: '127.0.0.1', family: 4 }]);
  } else {
    callback(null, '127.0.0.1', 4);
  }
};

/** What an S3 Control client of the SDK needs beside region and credentials, to reach a gateway on this port. */
export function s3ControlConfiguration(port: number): {
  endpoint: string;
  requestHandler: typeof manyCalls.requestHandler & { httpAgent: Agent };
} {
  return {
    endpoint: `http://localhost:${port}`,
    requestHandler: {
      ...manyCalls.requestHandler,
      httpAgent: new Agent({ keepAlive: true, lookup: lookupLocalhost }),
    },
  };
}
