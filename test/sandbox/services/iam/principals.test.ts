import type { ResourceContext } from '../../../../sandbox/cloudformation/resource-type';
import { requireExistingPrincipals } from '../../../../sandbox/services/iam/principals';
import { handlerContext } from '../../cloudformation/fakes';

const existing = 'arn:aws:iam::222222222222:role/staunch/coordinator';

/** Accounts in which one role exists. */
function context(): ResourceContext {
  const send = async ({ input }: { input: { RoleName?: string } }) => {
    if (input.RoleName === 'coordinator') return { Role: { Arn: existing } };
    throw Object.assign(new Error('not found'), { name: 'NoSuchEntityException' });
  };
  // Only `send` is used of the client.
  return { ...handlerContext().context, clientOf: () => ({ send }) as never };
}

const trust = (Principal: unknown) =>
  JSON.stringify({ Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal } });

describe('requireExistingPrincipals', () => {
  it('takes a role that exists, an account, a service and anybody', async () => {
    for (const principal of [
      { AWS: existing },
      { AWS: ['arn:aws:iam::333333333333:root', '333333333333'] },
      { Service: 'lambda.amazonaws.com' },
      '*',
    ]) {
      await expect(requireExistingPrincipals(trust(principal), context())).resolves.toBeUndefined();
    }
  });

  it.each([
    ['a role that does not exist', 'arn:aws:iam::222222222222:role/staunch/gone'],
    ['a user that does not exist', 'arn:aws:iam::222222222222:user/gone'],
    ['a role of that name at another path', 'arn:aws:iam::222222222222:role/coordinator'],
  ])("refuses %s in AWS's words", async (_, arn) => {
    const required = requireExistingPrincipals(trust({ AWS: [existing, arn] }), context());
    await expect(required).rejects.toThrow(`Invalid principal in policy: "AWS":"${arn}"`);
  });
});
