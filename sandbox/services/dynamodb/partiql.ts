import { UnsupportedError } from '../../failures';
import type { ApiCall } from '../../gateway/api';
import { unknownValues } from '../../gateway/authorization/context';
import type { NeededAccess } from '../needed';
import { tableArn } from './table-arn';

/**
 * What PartiQL statements need: an action by their verb, on the table or the index that they name. Which keys they reach, the
 * sandbox cannot tell.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html
 * @throws UnsupportedError for a statement of another form
 */
export function partiqlNeeds(call: ApiCall, statements: readonly unknown[]): NeededAccess[] {
  return statements.map((statement) => {
    const { verb, table, index } = partsOf(String(statement));
    const arn = tableArn(call, table);
    return {
      action: `dynamodb:PartiQL${verb}`,
      resource: index === undefined ? arn : `${arn}/index/${index}`,
      context: { 'dynamodb:leadingkeys': unknownValues },
    };
  });
}

/** Quoted text, words, and every other character by itself. */
const token = /'(?:[^']|'')*'|"(?:[^"]|"")*"|[\w-]+|\S/g;

/** What stands before the table, by verb. */
const beginnings: Readonly<Record<string, readonly string[]>> = {
  select: ['from'],
  insert: ['insert', 'into'],
  update: ['update'],
  delete: ['delete', 'from'],
};

/**
 * The verb, the table and the index of a statement. Quoted text is none of its words: it may hold any. Where moto, which
 * looks into it all the same, could take another table from it, the statement is refused.
 */
function partsOf(statement: string): { verb: string; table: string; index?: string } {
  const tokens = statement.match(token) ?? [];
  const words = tokens.map((text) => text.toLowerCase());
  const verb = words[0] ?? '';
  const beginning = (Object.hasOwn(beginnings, verb) && beginnings[verb]) || undefined;
  const at = verb === 'select' ? words.indexOf('from') + 1 : (beginning?.length ?? 0);
  const begins = beginning?.every((word, index) => words[at - beginning.length + index] === word);
  const table = nameOf(tokens[at]);
  const index = tokens[at + 1] === '.' ? nameOf(tokens[at + 2]) : undefined;
  const next = words[at + (tokens[at + 1] === '.' ? 3 : 1)];
  const isOne =
    (tokens[at + 1] !== '.' || index !== undefined) &&
    (verb !== 'select' || (reads(words, at) && (next === undefined || next === 'where' || next === 'order')));
  if (!begins || table === undefined || !isOne) {
    throw new UnsupportedError(
      'The sandbox does not know which permissions a PartiQL statement of this form needs. Add it to sandbox/services/dynamodb/partiql.ts.',
    );
  }
  return {
    verb: verb.charAt(0).toUpperCase() + verb.slice(1),
    table,
    ...(index !== undefined && { index }),
  };
}

/** Whether a SELECT reads from one place alone, and nothing before it looks like a clause. */
function reads(words: readonly string[], at: number): boolean {
  const clause = /\b(select|from|where)\b/;
  return (
    !words.slice(1, at - 1).some((word) => clause.test(word)) &&
    !words.slice(at).some((word) => word === 'from' || word === 'select')
  );
}

/** A table's or an index's name, without its quotes. */
function nameOf(text: string | undefined): string | undefined {
  return /^"?([\w.-]+)"?$/.exec(text ?? '')?.[1];
}
