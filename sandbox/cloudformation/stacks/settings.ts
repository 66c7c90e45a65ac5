import type { Stack, StackRequest } from '../stack';

/** What a stack is asked to be, beside what it is deployed with. */
export interface StackSettings {
  /** The template's text, as it was given. */
  templateBody: string;
  parameters: Readonly<Record<string, string>>;
  capabilities: readonly string[];
  tags: readonly { Key: string; Value: string }[];
  roleArn?: string;
}

/** What a stack is deployed with, once its record is there. */
export type Deploy = (tell: NonNullable<StackRequest['tell']>) => Promise<Stack>;
