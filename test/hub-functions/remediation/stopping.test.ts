import * as z from 'zod/mini';
import { planDigest } from '../../../contract/plan-digest';
import type { Change, CustomControl, Plan } from '../../../controls/control';
import type { LiveResource } from '../../../hub-functions/remediation/live-resource';
import { type RemediationTask, remediate } from '../../../hub-functions/remediation/remediate';

/** A resource that is a set of ports; those below 1024 are dangerous. */
type Ports = number[];

const planOf = (ports: Ports): Plan => ({
  changes: ports.map((port) => ({ action: 'close', text: `Close ${port}.`, port })),
  lossy: false,
  losses: [],
});
const dangerous = (ports: Ports) => ports.filter((port) => port < 1024);

const control: CustomControl<Ports> = {
  kind: 'custom',
  id: 'ports',
  title: 'Ports',
  severity: 'high',
  resourceType: 'AWS::EC2::SecurityGroup',
  parameters: z.object({}),
  relevantChanges: [],
  fromConfigurationItem: () => [],
  evaluate: (ports) => {
    const violations = dangerous(ports).map((port) => ({ kind: 'open', text: `${port}`, detail: {} }));
    return { compliance: violations.length > 0 ? 'NON_COMPLIANT' : 'COMPLIANT', violations };
  },
  plan: (ports) => planOf(dangerous(ports)),
  readPermissions: [],
  fixPermissions: [],
};

class World implements LiveResource<Ports> {
  readonly written: Change[] = [];

  constructor(public ports: Ports) {}

  async read() {
    return { resource: [...this.ports], before: [...this.ports] };
  }

  async apply(plan: Plan, _reading: unknown, onApplied: (changes: readonly Change[]) => void) {
    this.written.push(...plan.changes);
    this.ports = this.ports.filter((port) => !plan.changes.some((change) => change.port === port));
    onApplied(plan.changes);
  }

  async complete(...[step, onApplied]: Parameters<NonNullable<LiveResource['complete']>>) {
    this.written.push(...step.changes);
    onApplied(step.changes);
  }

  async applyUndo() {}
  close() {}

  fix(overrides: Partial<RemediationTask> = {}) {
    return remediate({
      control,
      parameters: {},
      mode: 'apply',
      applyLossy: false,
      live: this,
      saveStep: async () => {},
      saveResult: async () => {},
      saveAfter: async () => {},
      stopped: async () => undefined,
      unfinished: async () => undefined,
      pause: async () => {},
      ...overrides,
    } as RemediationTask);
  }
}

describe('the stop switch, in a fix that is running', () => {
  it('is asked right before the write, and keeps it from being made', async () => {
    const world = new World([22, 443]);
    const stopped = async () => 'Staunch is paused.';
    expect(await world.fix({ stopped })).toMatchObject({
      outcome: 'stopped',
      applied: 0,
      reason: 'Staunch is paused.',
      plan: planOf([22, 443]),
    });
    expect(world.written).toEqual([]);
  });

  it('is asked again before each further write', async () => {
    const world = new World([22]);
    let asked = 0;
    const stopped = async () => {
      asked += 1;
      return asked > 1 ? 'Paused meanwhile.' : undefined;
    };
    const apply = world.apply.bind(world);
    world.apply = async (plan, reading, onApplied) => {
      await apply(plan, reading, onApplied);
      // Somebody opens another one, so that a second write is due.
      if (!world.ports.includes(23)) world.ports.push(23);
    };
    expect(await world.fix({ stopped })).toMatchObject({ outcome: 'stopped', applied: 1 });
    expect(world.written).toHaveLength(1);
  });

  it('keeps a half-applied fix from being completed', async () => {
    const world = new World([8080]);
    const unfinished = async () => ({ before: [22, 8080], changes: planOf([22]).changes });
    const stopped = async () => 'Staunch is paused.';
    expect(await world.fix({ stopped, unfinished })).toMatchObject({ outcome: 'stopped' });
    expect(world.written).toEqual([]);
  });

  it('is not asked when it is only planned', async () => {
    const stopped = jest.fn(async () => 'Staunch is paused.');
    expect(await new World([22]).fix({ mode: 'plan', stopped })).toMatchObject({ outcome: 'planned' });
    expect(stopped).not.toHaveBeenCalled();
  });
});

describe('an approved plan', () => {
  it('is applied when it is the one that the resource asks for', async () => {
    const world = new World([22, 8080]);
    expect(await world.fix({ onlyPlan: planDigest(planOf([22])) })).toMatchObject({ outcome: 'fixed' });
  });

  it('is not exchanged for another one when the resource has changed since', async () => {
    const world = new World([22, 23, 8080]);
    expect(await world.fix({ onlyPlan: planDigest(planOf([22])) })).toMatchObject({
      outcome: 'planned',
      applied: 0,
      plan: planOf([22, 23]),
    });
    expect(world.written).toEqual([]);
  });
});
