import type { Opener } from './opener';
import { utc } from './utc';

/**
 * Who opened a resource, on one line for people: whoever, with what, from where and when. It holds strangers' texts: escape it as
 * the place requires.
 */
export function openerLine({ principal, kind, session, sourceAddress, tool, at }: Opener): string {
  const isPerson = kind === 'identity-center' && session !== undefined;
  const who = isPerson ? `${session} as ${principal}` : principal;
  const parts = [
    isPerson || session === undefined ? who : `${who}, session ${session}`,
    ...(tool === 'unknown' ? [] : [`with ${withArticle(tool)}`]),
    ...(sourceAddress === undefined || sourceAddress === principal ? [] : [`from ${sourceAddress}`]),
    utc(at),
  ];
  return parts.join(', ');
}

/** Who opened a resource, in a word or two: a person, a role's or a user's name, a service. The same holds for its text. */
export function openerName({ principal, kind, session }: Opener): string {
  if (kind === 'identity-center' && session !== undefined) return session;
  return principal.slice(principal.lastIndexOf('/') + 1) || principal;
}

/** Tools that write a resource as their code has it: the next run makes it so again. */
const codeTools: readonly string[] = ['CloudFormation', 'CDK', 'Terraform'];

/**
 * What has to be changed for a resource not to be opened again, where a tool opened it that keeps it as code, or a stack made it.
 * @returns a sentence for people; undefined where nothing keeps it as code, as far as that is known. The stack's name is its owners' text.
 */
export function lastingFix({ opened, stack }: { opened?: Opener; stack?: string }): string | undefined {
  const tool = opened && codeTools.includes(opened.tool) ? opened.tool : undefined;
  if (stack !== undefined) {
    const by = tool === 'CDK' || tool === 'Terraform' ? `, by ${tool}` : '';
    return `CloudFormation's stack ${stack} made it${by}: change it there as well, or a later update may open it again.`;
  }
  return tool && `${tool} opened it: change it there as well, because the next run opens it again.`;
}

function withArticle(tool: string): string {
  return ['console', 'command line'].includes(tool)
    ? `the ${tool}`
    : /^(AWS service|SDK)$/.test(tool)
      ? `an ${tool}`
      : tool;
}
