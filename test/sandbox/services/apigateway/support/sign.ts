import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Credentials } from '../../../../../sandbox/gateway/api';
import type { HttpRequest } from '../../../../../sandbox/gateway/protocols/request';

/** How a request is signed; what is left out is as the API wants it. */
export interface Signing {
  url: string;
  body?: string;
  method?: string;
  headers?: Record<string, string>;
  region?: string;
  service?: string;
  at?: Date;
  /** Leaves the host out of what is signed. */
  anyHost?: true;
}

/** SHA-256 as the SDK's signer wants it. */
class Sha256 {
  private readonly hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytes(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(bytes(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }

  reset(): void {}
}

function bytes(data: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    : Buffer.from(data);
}

/** Signs a request with the SDK's own signer; returns what `fetch` takes. */
export async function sign(credentials: Credentials, signing: Signing) {
  const { body = '{"version":2,"key":"k","order":"whoami"}', method = 'POST', at = new Date() } = signing;
  const { host, hostname, pathname, searchParams, protocol } = new URL(signing.url);
  const signer = new SignatureV4({
    credentials,
    region: signing.region ?? 'eu-west-1',
    service: signing.service ?? 'execute-api',
    sha256: Sha256,
  });
  const { headers } = await signer.sign(
    {
      method,
      protocol,
      hostname,
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: { ...(!signing.anyHost && { host }), 'content-type': 'application/json', ...signing.headers },
      body,
    },
    { signingDate: at },
  );
  return { method, headers, body };
}

/** The same, as the gateway would read it. */
export async function receivedFrom(credentials: Credentials, signing: Signing): Promise<HttpRequest> {
  const { method, headers, body } = await sign(credentials, signing);
  const { pathname, search, searchParams } = new URL(signing.url);
  return {
    method,
    url: `${pathname}${search}`,
    path: pathname,
    query: searchParams,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: Buffer.from(body),
  };
}
