import { type AssembledStack, readAssembly } from '../../infra/assembly';
import { UnsupportedError } from '../failures';
import { type CloudFormationOptions, createCloudFormation } from './cloudformation';
import type { CloudFormation } from './engine';
import { TemplateError } from './errors';
import type { ResourceContext } from './resource-type';
import type { Stack } from './stack';

/** What a deployment needs. */
export interface DeploymentOptions extends CloudFormationOptions {
  /** The folder that `cdk synth` wrote. */
  assemblyDirectory: string;
}

/** A cloud assembly that is deployed. */
export interface Deployment {
  /** Outputs of the assembly's stacks, by stack name and logical id. */
  outputs: Record<string, Record<string, string>>;
  /**
   * Deploys another version of the assembly.
   * @throws UnsupportedError where more differs than a stack can be updated in; stacks before that one are updated then
   */
  update(assemblyDirectory: string): Promise<void>;
  /** Whether the account has everything that the stack sets bring to it. */
  isEnrolled(accountId: string): boolean;
  /** Resolves when every change of the organization so far has been followed up, well or badly. */
  settled(): Promise<void>;
  /** From now on changes of the organization change no stacks. What has begun is awaited. */
  stop(): Promise<void>;
}

/** Makes the sandbox's CloudFormation, and deploys a cloud assembly with it; see `deployWith`. */
export async function deployAssembly(options: DeploymentOptions): Promise<Deployment> {
  return deployWith(createCloudFormation(options), options.assemblyDirectory);
}

/**
 * Deploys a cloud assembly into the sandbox's organization: its stacks, in the assembly's order, and through its stack sets the
 * member accounts.
 *
 * @throws TemplateError, ResourceError or UnsupportedError where something cannot be deployed.
 */
export async function deployWith(
  cloudFormation: CloudFormation,
  assemblyDirectory: string,
): Promise<Deployment> {
  const { stacks: known, stackSets } = cloudFormation;
  const outputs: Deployment['outputs'] = {};
  const stacks = new Map<string, Stack>();
  for (const stack of readAssembly(assemblyDirectory).stacks) {
    const { stackName } = stack;
    const place = { accountId: stack.account, region: stack.region };
    const record = known.add(place, stackName, {
      templateBody: JSON.stringify(stack.template),
      parameters: {},
      capabilities: [],
      tags: [],
    });
    const created = await known.create(record, (tell) =>
      cloudFormation.deploy({
        ...{ displayName: stackName, stackName, place, template: stack.template },
        parameters: {},
        asset: assetsOf(stack),
        createStackSet: stackSets.create,
        tell,
      }),
    );
    outputs[stackName] = created.outputs;
    stacks.set(stackName, created);
  }
  return {
    outputs,
    async update(directory) {
      for (const next of readAssembly(directory).stacks) {
        const stack = stacks.get(next.stackName);
        if (!stack) {
          throw new UnsupportedError(
            `The sandbox adds no stack to a deployment, and ${next.stackName} is new.`,
          );
        }
        const place = { accountId: next.account, region: next.region };
        await cloudFormation.update(stack, {
          ...next,
          place,
          displayName: next.stackName,
          asset: assetsOf(next),
        });
      }
    },
    isEnrolled: stackSets.isEnrolled,
    settled: cloudFormation.settled,
    stop: cloudFormation.stop,
  };
}

function assetsOf({ stackName, assets }: AssembledStack): ResourceContext['asset'] {
  return (bucket, key) => {
    const found = assets.find(({ bucketName, objectKey }) => bucketName === bucket && objectKey === key);
    if (found) return found.path;
    throw new TemplateError(`The assembly has no asset of ${stackName} for s3://${bucket}/${key}.`);
  };
}
