import { control } from '../../../controls/ssm-document-public';
import { RefusedError, ResourceInputError } from '../../../core/errors';
import { documentAdapter } from '../../../resources/ssm-document/adapter';
import { documentFromApi } from '../../../resources/ssm-document/model';
import { planUndo } from '../../../resources/ssm-document/undo';
import { InMemoryAws } from '../../faults/aws/in-memory-aws';

const place = { accountId: '222222222222', region: 'eu-west-1' };
const partner = '444455556666';
const name = 'Restart-Shop';
const parameters = control.parameters.parse({});

let aws: InMemoryAws;
let restore: () => void;
beforeEach(() => {
  aws = new InMemoryAws();
  restore = aws.install();
});
afterEach(() => restore());

const open = () =>
  documentAdapter().open({
    finding: { ...place, control: control.id, resourceType: control.resourceType, resourceId: name },
    credentials: aws.adminCredentials(place.accountId),
    signal: new AbortController().signal,
    mayWrite: async () => {},
  });
const state = async () => {
  const read = await open().read();
  if (read === 'gone') throw new Error('It is there.');
  return read;
};
const everybody = [{ account: 'all', version: '$DEFAULT' }];
const named = [{ account: partner, version: '$DEFAULT' }];

/** The history of a fix that took all of a list. */
async function fixed(shares: typeof everybody, trustedAccounts: string[] = []) {
  aws.ssm.create(name, { ...place, shares });
  const before = await state();
  const plan = control.plan(before.resource, [], control.parameters.parse({ trustedAccounts }));
  await open().apply(plan, before, () => {});
  const step = { before: before.before, changes: plan.changes, made: plan.changes };
  return { steps: [step] as const, after: (await state()).before };
}

describe('a document', () => {
  it('is one of the account alone: of AWS itself nothing is read', async () => {
    aws.ssm.create(name, { ...place, versions: ['1'] });
    expect((await state()).resource).toMatchObject({ id: name, accountId: place.accountId, blocked: 'none' });
    aws.ssm.delete(name, place);
    expect(await open().read()).toBe('gone');
  });

  it('that is shared with everybody has a fix that cannot be taken back while public sharing is blocked', async () => {
    aws.ssm.create(name, { ...place, shares: everybody });
    aws.ssm.block(place);
    const { resource } = await state();
    expect(control.evaluate(resource, parameters).compliance).toBe('NON_COMPLIANT');
    expect(control.plan(resource, [], parameters)).toMatchObject({
      lossy: true,
      losses: [
        'Sharing the document with everybody cannot be taken back: Systems Manager refuses it while block public sharing for SSM documents is on.',
      ],
    });
  });

  it.each(['all', 'All'])(
    'is shared with %s also where the list with versions alone says so',
    (AccountId) => {
      const document = documentFromApi({
        AccountIds: [partner],
        AccountSharingInfoList: [{ AccountId, SharedDocumentVersion: '$DEFAULT' }],
      });
      expect(control.evaluate(document, parameters).compliance).toBe('NON_COMPLIANT');
    },
  );

  it('cannot be judged by a word that is no account, nor by a setting that is not known', () => {
    const answer = { Name: name, AccountIds: ['all'] };
    expect(() => documentFromApi({ ...answer, AccountIds: ['some'] })).toThrow(ResourceInputError);
    expect(() => documentFromApi({ Name: name })).toThrow(/describe-document-permission/);
    expect(() => documentFromApi({ ...answer, ServiceSetting: { SettingValue: 'Maybe' } })).toThrow(
      'ServiceSetting.SettingValue should be Enable or Disable, and is "Maybe".',
    );
  });
});

describe('an undo of a document', () => {
  it('leaves it alone where it would take those who came since', async () => {
    const history = await fixed(everybody);
    aws.ssm.create(name, { ...place, shares: named });
    expect(planUndo(history, (await state()).before)).toEqual({
      kind: 'changed',
      differences: [
        'The document was shared with accounts since the fix, and AWS does not share one with both.',
      ],
    });
    const again = await fixed(named, ['111122223333']);
    aws.ssm.create(name, { ...place, shares: everybody });
    expect(planUndo(again, (await state()).before)).toMatchObject({ kind: 'changed' });
  });

  it('is refused where accounts came between its plan and its write', async () => {
    await fixed(everybody);
    aws.ssm.create(name, { ...place, shares: named });
    const restored = [{ action: 'restoreShare', text: '', group: 'all' }];
    await expect(open().applyUndo(restored, () => {})).rejects.toThrow(RefusedError);
    expect(aws.ssm.get(name, place)?.shares).toEqual(named);
  });

  it('leaves another document of the same name alone', async () => {
    const history = await fixed(everybody);
    aws.ssm.create(name, { ...place, createdAt: '2026-02-02T00:00:00.000Z' });
    expect(planUndo(history, (await state()).before)).toMatchObject({ kind: 'changed' });
  });

  it('knows the document also where its first version is gone', async () => {
    aws.ssm.create(name, { ...place, shares: everybody, versions: ['2'] });
    const { before, resource } = await state();
    expect(before).not.toHaveProperty('CreatedDate');
    const { changes } = control.plan(resource, [], parameters);
    await open().apply(control.plan(resource, [], parameters), await state(), () => {});
    const history = { steps: [{ before, changes, made: changes }] as const, after: (await state()).before };
    expect(planUndo(history, (await state()).before)).toMatchObject({
      kind: 'undo',
      changes: [{ group: 'all' }],
    });
  });
});
