import type { Check } from '../../verdict';
import type { DeployedFacts } from '../facts';

const check = 'policy';

/** Whether the hub works by what the policy's file says. */
export const policy: Check<Pick<DeployedFacts, 'policy' | 'hub'>> = {
  name: check,
  judge({ policy: same, hub }) {
    if (same === undefined) return [];
    if ('unread' in same)
      return [
        {
          check,
          condition: 'unknown',
          text: 'Whether this policy is the deployed one is not known.',
          said: same.unread,
          cure: {
            account: hub.account,
            steps: [{ does: 'deploy' }],
            says: 'Where the hub is deployed already, these credentials need the right preview, by people of the policy.',
          },
        },
      ];
    if (same.read) return [{ check, condition: 'well', text: 'The hub works by this policy and code.' }];
    return [
      {
        check,
        condition: 'not well',
        text: 'The hub works by another policy, or other code, than this one.',
        cure: { account: hub.account, steps: [{ does: 'deploy' }] },
      },
    ];
  },
};
