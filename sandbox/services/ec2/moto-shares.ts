import type { ApiAnswer, ApiCall } from '../../gateway/api';
import type { MotoConnection, MotoRequest } from '../../gateway/moto-connection';
import { shareChangesOf } from './share-changes';
import type { Sharing } from './sharing';

/** Has moto change a snapshot's list: it understands one operation with permissions by kind, and passes over the other form. */
export function askMotoForShares(
  call: ApiCall,
  request: MotoRequest,
  moto: MotoConnection,
): Promise<ApiAnswer> {
  const changes = call.operation === 'ModifySnapshotAttribute' ? shareChangesOf(call) : undefined;
  if (changes === undefined) return moto.send(request);
  const { id, added, removed } = changes;
  const changed = added.length > 0 ? added : removed;
  const form = new URLSearchParams({
    Action: call.operation,
    Version: '2016-11-15',
    SnapshotId: id,
    Attribute: 'createVolumePermission',
    OperationType: added.length > 0 ? 'add' : 'remove',
    ...numbered(
      'UserGroup',
      changed.flatMap(({ Group }) => Group ?? []),
    ),
    ...numbered(
      'UserId',
      changed.flatMap(({ UserId }) => UserId ?? []),
    ),
  });
  const headers = { ...request.headers, 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
  return moto.send({ ...request, method: 'POST', url: '/', headers, body: Buffer.from(form.toString()) });
}

function numbered(name: string, values: readonly string[]): Record<string, string> {
  return Object.fromEntries(values.map((value, index) => [`${name}.${index + 1}`, value]));
}

/** Takes from a list of snapshots those that everybody was asked for and may not use; moto answers all. */
export function withOpenSnapshots(call: ApiCall, answer: ApiAnswer, sharing: Sharing): ApiAnswer {
  const { RestorableBy: restorable } = call.parameters as { RestorableBy?: string[] };
  if (call.operation !== 'DescribeSnapshots' || answer.status !== 200 || !restorable?.includes('all')) {
    return answer;
  }
  const isOpen = (item: string) => {
    const id = /<snapshotId>([^<]+)<\/snapshotId>/.exec(item)?.[1];
    return id !== undefined && sharing.isOpen(id, call);
  };
  const body = answer.body.toString();
  const [, before, items = '', after] = /^(.*?<snapshotSet>)(.*)(<\/snapshotSet>.*)$/s.exec(body) ?? [];
  return before === undefined
    ? answer
    : { ...answer, body: before + outerItems(items).filter(isOpen).join('') + after };
}

/** The elements of a list in XML, of which some have lists of their own. */
function outerItems(xml: string): string[] {
  const items: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: tag, index } of xml.matchAll(/<\/?item>/g)) {
    if (tag === '<item>' && depth++ === 0) start = index;
    if (tag === '</item>' && --depth === 0) items.push(xml.slice(start, index + tag.length));
  }
  return items;
}
