import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionDefinition } from '../../../../sandbox/services/lambda/definitions';

export const accountId = '123456789012';
export const region = 'eu-west-1';

/** A function with inline code and plain settings. */
export function functionDefinition(
  code: string,
  parts: Partial<FunctionDefinition> = {},
): FunctionDefinition {
  const functionName = parts.functionName ?? 'tested';
  return {
    accountId,
    region,
    functionName,
    arn: `arn:aws:lambda:${region}:${accountId}:function:${functionName}`,
    roleArn: `arn:aws:iam::${accountId}:role/staunch/${functionName}`,
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    code: { inline: code },
    environment: {},
    timeoutSeconds: 30,
    memoryMegabytes: 128,
    ...parts,
  };
}

/** A new folder inside the project, from which the AWS SDK resolves; the test removes it. */
export function workDirectory(): string {
  const parent = join(__dirname, '..', '..', '..', '..', '.staunch', 'test');
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, 'functions-'));
}
