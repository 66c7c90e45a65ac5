import type { FunctionPermission } from './definitions';

/** How a permission's principal stands in the policy: a service, or an account or role. */
function principalOf(principal: string): '*' | { Service: string } | { AWS: string } {
  if (principal === '*') return '*';
  if (principal.endsWith('.amazonaws.com')) return { Service: principal };
  return { AWS: /^\d{12}$/.test(principal) ? `arn:aws:iam::${principal}:root` : principal };
}

/**
 * The resource policy that Lambda makes from a function's permissions, as JSON text. A source ARN is compared with
 * ArnLike, a source account with StringEquals:
 * https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html
 */
export function functionPolicy(functionArn: string, permissions: readonly FunctionPermission[]): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Id: 'default',
    Statement: permissions.map((permission, index) => ({
      Sid: `permission-${index + 1}`,
      Effect: 'Allow',
      Principal: principalOf(permission.principal),
      Action: permission.action,
      Resource: functionArn,
      ...(permission.sourceArn === undefined && permission.sourceAccount === undefined
        ? {}
        : {
            Condition: {
              ...(permission.sourceAccount === undefined
                ? {}
                : { StringEquals: { 'AWS:SourceAccount': permission.sourceAccount } }),
              ...(permission.sourceArn === undefined
                ? {}
                : { ArnLike: { 'AWS:SourceArn': permission.sourceArn } }),
            },
          }),
    })),
  });
}
