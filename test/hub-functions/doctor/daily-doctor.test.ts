import { compilePolicy } from '../../../config/compile';
import { type DailyDoctorParts, dailyDoctor } from '../../../hub-functions/doctor/daily-doctor';
import { NoTreeError } from '../../../hub-functions/tree-reader';
import type { OrganizationTree } from '../../../ledger/organization/organization-tree';
import type { DoctorGap } from '../../../ledger/told/doctor-gaps';
import type { FakeOrganization } from '../../operator/doctor/organization/fake-organization';
import {
  accounts,
  deploy,
  now,
  plantedOrganization,
  policyOf,
  verdictCode,
} from '../../operator/doctor/organization/planted-organization';

/** What the daily doctor of an organization writes. */
async function asked(organization: FakeOrganization, more: Partial<DailyDoctorParts> = {}) {
  const written: (readonly DoctorGap[])[] = [];
  let milliseconds = now.getTime();
  await dailyDoctor({
    policy: { ...compilePolicy(policyOf()), verdictCode },
    tree: async () => treeIn(organization),
    access: organization.access,
    gaps: { write: async (gaps) => void written.push(gaps) },
    clock: {
      now: () => new Date(milliseconds),
      random: () => 0.5,
      pause: async (pause) => {
        milliseconds += pause;
      },
    },
    log: { info() {} },
    ...more,
  });
  return written;
}

function treeIn(organization: FakeOrganization) {
  const { rootId, units, accounts: all } = organization.structure();
  return {
    rootId,
    units: new Map(units.map((unit) => [unit.id, unit])),
    accounts: new Map(
      all.map(({ id, name, parentId, status }) => [
        id,
        { id, name, parentId, ...(status === 'SUSPENDED' && { closed: true as const }) },
      ]),
    ),
    readAt: now,
    tookMilliseconds: 1,
  } satisfies OrganizationTree;
}

function deployed() {
  const organization = plantedOrganization();
  deploy(organization, policyOf());
  return organization;
}

describe('the daily doctor', () => {
  it('writes nothing where all is well, and so says that what was wrong is over', async () => {
    expect(await asked(deployed())).toEqual([[]]);
  });

  it('writes what is not well, also what only a probe finds', async () => {
    const organization = deployed();
    organization.lostWays.add(`trail ${accounts.trial} eu-west-1`);
    organization
      .account(accounts.payments)
      .regions.get('eu-west-1')
      ?.rules.delete('staunch-s3-public-access');

    const [gaps = []] = await asked(organization);

    expect(gaps.map(({ check, accountId, region }) => [check, accountId, region])).toEqual([
      ['rules', accounts.payments, 'eu-west-1'],
      ['trail probe', accounts.trial, 'eu-west-1'],
    ]);
  });

  it('tells of a recorder by its name as it may stand on a line, whatever its owner has called it', async () => {
    const organization = deployed();
    const { recorder } = organization.account(accounts.trial).regions.get('eu-west-1') ?? {};
    if (!recorder) throw new Error('There is no recorder.');
    Object.assign(recorder, { isRecording: false });
    recorder.configuration.name = 'mine\u202e\u001b[31m\nall is well';

    const [gaps = []] = await asked(organization);
    const { text } = gaps.find(({ check }) => check === 'recorder') ?? {};
    expect(text).toBe('The recorder mine all is well is stopped.');
  });

  it('writes nothing where the organization is not known: what people know stays', async () => {
    const written: unknown[] = [];
    const doctor = asked(deployed(), {
      tree: async () => {
        throw new NoTreeError('none');
      },
      gaps: { write: async (gaps) => void written.push(gaps) },
    });
    await expect(doctor).rejects.toThrow(NoTreeError);
    expect(written).toEqual([]);
  });
});
