import type { Protocol } from '../service';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
export const protocol: Protocol = {
  errors: {
    speaksXml: true,
    xml: (error, requestId) =>
      `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error>${error}</Error></Errors><RequestID>${requestId}</RequestID></Response>`,
    denied: { code: 'UnauthorizedOperation', status: 403 },
    unknownKey: {
      code: 'AuthFailure',
      message: 'AWS was not able to validate the provided access credentials',
      status: 401,
    },
  },
};
