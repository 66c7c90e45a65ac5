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

const name = String.raw`(?:"([^"]+)"|([\w-]+))`;
const form = new RegExp(
  String.raw`^\s*(?:(select)\b.*?\bfrom|(insert)\s+into|(update)|(delete)\s+from)\s+${name}(?:\.${name})?`,
  'is',
);

function partsOf(statement: string): { verb: string; table: string; index?: string } {
  const [, select, insert, update, remove, quoted, bare, quotedIndex, bareIndex] = form.exec(statement) ?? [];
  const verb = select ?? insert ?? update ?? remove;
  const table = quoted ?? bare;
  if (verb === undefined || table === undefined) {
    throw new UnsupportedError(
      'The sandbox does not know which permissions a PartiQL statement of this form needs. Add it to sandbox/services/dynamodb/partiql.ts.',
    );
  }
  const index = quotedIndex ?? bareIndex;
  return {
    verb: verb.charAt(0).toUpperCase() + verb.slice(1).toLowerCase(),
    table,
    ...(index !== undefined && { index }),
  };
}
