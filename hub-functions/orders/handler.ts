import type { APIGatewayProxyResult } from 'aws-lambda';

/** Takes no order yet: whoever gives one may try again later. */
export async function handler(): Promise<APIGatewayProxyResult> {
  return {
    statusCode: 503,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message: 'Orders are not taken yet.' }),
  };
}
