import type { Gateway } from '../../gateway/api';

/**
 * Has an account opt in to a Region, as its administrator would. The SDK's client is nothing that Staunch itself needs.
 * https://docs.aws.amazon.com/accounts/latest/reference/API_EnableRegion.html
 * @throws Error with AWS's answer where it refuses
 */
export async function enableRegion(
  gateway: Pick<Gateway, 'endpoint' | 'administratorOf'>,
  accountId: string,
  region: string,
): Promise<void> {
  const { accessKeyId, sessionToken = '' } = gateway.administratorOf(accountId);
  const response = await fetch(`${gateway.endpoint}/enableRegion`, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/us-east-1/account/aws4_request, SignedHeaders=host, Signature=0`,
      'content-type': 'application/json',
      'x-amz-security-token': sessionToken,
    },
    body: JSON.stringify({ RegionName: region }),
  });
  if (!response.ok) throw new Error(`EnableRegion: ${await response.text()}`);
}
