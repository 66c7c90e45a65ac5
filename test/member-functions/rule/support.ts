import * as z from 'zod/mini';
import type { CustomControl } from '../../../controls/control';
import { ResourceInputError } from '../../../core/errors';

interface Door {
  open: boolean;
}

/** A small control of its own, so that these tests are about rule functions and not about a particular control. */
export const doorControl: CustomControl<Door, { tolerated: boolean }> = {
  kind: 'custom',
  id: 'closed-doors',
  title: 'Doors are closed',
  severity: 'high',
  resourceType: 'AWS::EC2::SecurityGroup',
  parameters: z.object({ tolerated: z._default(z.boolean(), false) }),
  relevantChanges: ['Configuration.Door'],
  fromConfigurationItem(item) {
    const { configuration: given } = item as { configuration?: unknown };
    // AWS Config's history has it as JSON.
    const configuration: { door?: unknown } | undefined =
      typeof given === 'string' ? JSON.parse(given) : given;
    if (typeof configuration?.door !== 'string')
      throw new ResourceInputError('configuration.door is missing');
    return { open: configuration.door === 'open' };
  },
  evaluate(door, { tolerated }) {
    if (!door.open || tolerated) return { compliance: 'COMPLIANT', violations: [] };
    return {
      compliance: 'NON_COMPLIANT',
      violations: [{ kind: 'open-door', text: 'The door is open.', detail: {} }],
    };
  },
  plan: () => ({ changes: [{ action: 'close', text: 'Close the door.' }], lossy: false, losses: [] }),
  fixPermissions: [],
};

/** A configuration item of a door, with what a test wants different. */
export function doorItem(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    configurationItemStatus: 'OK',
    configurationItemCaptureTime: '2026-11-01T10:00:00.000Z',
    awsAccountId: '111122223333',
    awsRegion: 'eu-west-1',
    resourceType: 'AWS::EC2::SecurityGroup',
    resourceId: 'sg-1',
    configuration: { door: 'open' },
    ...overrides,
  };
}

/** A rule invocation event as AWS Config sends it. */
export function invocationEvent(
  notification: Record<string, unknown>,
  overrides: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    version: '1.0',
    invokingEvent: JSON.stringify({ messageType: 'ConfigurationItemChangeNotification', ...notification }),
    ruleParameters: '{}',
    resultToken: 'token',
    eventLeftScope: false,
    accountId: '111122223333',
    configRuleName: 'staunch-closed-doors',
    ...overrides,
  };
}
