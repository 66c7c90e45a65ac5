import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import { iamPath } from '../../core/names';
import { partitionOf } from '../../core/partition';
import { bundleHubFunction, type HubEntry, withFolder } from '../bundle';
import { offers } from '../partitions';
import { logGroupName, logStreams, writeLogs } from '../statements';
import { acknowledgeWildcards } from '../wildcards';

/** What tells one hub function from another. */
export interface HubFunctionProps {
  hub: Organization['hub'];
  /** Names the function and its role. */
  name: string;
  description: string;
  /** Source file, relative to the project's root; it exports `handler`. */
  entry: HubEntry;
  timeout: Duration;
  memoryMegabytes: number;
  environment: Record<string, string>;
  /** Further files beside `index.js`, by name. */
  files?: Record<string, string>;
  /** What its role allows, beside writing its own logs. */
  statements: PolicyStatement[];
}

/** A function in the hub with its role and its log group, each under its own name. */
export class HubFunction extends Construct {
  readonly name: string;
  readonly resource: LambdaFunction;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: HubFunctionProps) {
    super(scope, id);
    const { hub, name } = props;
    this.name = name;
    const { account: accountId, region } = hub;
    const logs = { partition: partitionOf(region), accountId, region };
    const role = new Role(this, 'Role', {
      roleName: name,
      path: iamPath,
      description: `Execution role of ${name}.`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        staunch: new PolicyDocument({
          statements: [writeLogs(logs, name), ...props.statements],
        }),
      },
    });
    acknowledgeWildcards(role, {
      [logStreams(logs, name)]: 'Lambda names the streams in the log group.',
    });
    this.logGroup = new LogGroup(this, 'Logs', {
      logGroupName: logGroupName(name),
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.resource = withFolder({ 'index.js': bundleHubFunction(props.entry), ...props.files }, (folder) => {
      return new LambdaFunction(this, 'Function', {
        functionName: name,
        description: props.description,
        runtime: Runtime.NODEJS_24_X,
        architecture: Architecture.ARM_64,
        handler: 'index.handler',
        code: Code.fromAsset(folder),
        role,
        ...(offers(region, 'lambdaLoggingConfig') && { logGroup: this.logGroup }),
        timeout: props.timeout,
        memorySize: props.memoryMegabytes,
        environment: props.environment,
      });
    });
    // Lambda makes the group of that name itself when it is not there, and then keeps logs for ever.
    if (!offers(region, 'lambdaLoggingConfig')) this.resource.node.addDependency(this.logGroup);
  }
}
