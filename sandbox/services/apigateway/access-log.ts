/** What a request's line in the access log is made of; absent values are written as `-`. */
export interface AccessLogValues {
  requestId: string;
  requestTime: string;
  'identity.accountId'?: string;
  'identity.userArn'?: string;
  'identity.caller'?: string;
  'identity.sourceIp': string;
  httpMethod: string;
  resourcePath?: string;
  status: string;
  'error.responseType'?: string;
  responseLatency: string;
  tlsVersion: string;
}

const known: Readonly<Record<keyof AccessLogValues, true>> = {
  requestId: true,
  requestTime: true,
  'identity.accountId': true,
  'identity.userArn': true,
  'identity.caller': true,
  'identity.sourceIp': true,
  httpMethod: true,
  resourcePath: true,
  status: true,
  'error.responseType': true,
  responseLatency: true,
  tlsVersion: true,
};

const variable = /\$context\.([A-Za-z]+(?:\.[A-Za-z]+)*)/g;

/** The variables of a format that the sandbox does not fill in. */
export function unknownVariables(format: string): string[] {
  return [...format.matchAll(variable)].map(([, name = '']) => name).filter((name) => !isKnown(name));
}

/** A line of the access log. https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html */
export function accessLogLine(format: string, values: AccessLogValues): string {
  return format.replace(variable, (_, name: string) => (isKnown(name) ? values[name] : undefined) ?? '-');
}

function isKnown(name: string): name is keyof AccessLogValues {
  return Object.hasOwn(known, name);
}

/** `27/Nov/2026:05:43:02 +0000`, as API Gateway writes the time. */
export function requestTimeOf(milliseconds: number): string {
  const [, day, month, year, time] =
    /, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(milliseconds).toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}
