import type { HttpRequest } from '../../../sandbox/gateway/protocols/request';
import { isSignedWith, parseAuthorization } from '../../../sandbox/gateway/protocols/signature-v4';

/** Of AWS's published test suite: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html */
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const time = '20150830T123600Z';
const header = (signature: string) =>
  `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=${signature}`;
const vanilla = '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31';

function request(url: string, body = ''): HttpRequest {
  const [path = '/', query = ''] = url.split('?');
  return {
    method: 'GET',
    url,
    path,
    query: new URLSearchParams(query),
    headers: { host: 'example.amazonaws.com', 'x-amz-date': time },
    body: Buffer.from(body),
  };
}

function isSigned(signature: string, one: HttpRequest, with_ = secret): boolean {
  const authorization = parseAuthorization(header(signature));
  return authorization !== undefined && isSignedWith(with_, one, authorization, time);
}

it("knows the signature of AWS's own example, and of nothing else", () => {
  expect(isSigned(vanilla, request('/'))).toBe(true);
  expect(isSigned(vanilla, request('/', 'x'))).toBe(false);
  expect(isSigned(vanilla, request('/?a=b'))).toBe(false);
  expect(isSigned(vanilla, request('/a'))).toBe(false);
  expect(isSigned(vanilla, request('/'), `${secret}x`)).toBe(false);
});

it('orders the query by its names', () => {
  const signature = 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500';
  expect(isSigned(signature, request('/?Param2=value2&Param1=value1'))).toBe(true);
  expect(isSigned(signature, request('/?Param1=value1&Param2=value2'))).toBe(true);
});

it.each([
  '',
  'Bearer x',
  header(vanilla).replace('AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256'),
  header(vanilla).replace('/aws4_request', ''),
  header(vanilla.slice(1)),
  header(vanilla.replace('5', 'g')),
])('reads no other header: %j', (text) => {
  expect(parseAuthorization(text)).toBeUndefined();
});
