import { CfnOutput, Stack } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { CompiledPolicy } from '../../config/compiled';
import type { Organization } from '../../config/organization';
import {
  functionNames,
  ledgerTableName,
  orderPrefix,
  ordersUrlParameter,
  savedStatesTableName,
} from '../../core/names';
import { allow, leadingKeys, readNames, readStopSwitch, readTree } from '../statements';
import type { Coordinator } from './coordinator';
import { HubFunction } from './hub-function';
import type { Ledger } from './ledger';
import { OrdersApi, ordersTimeout } from './orders-api';
import type { SavedStates } from './saved-states';

/** What people's orders are judged by, and given to. */
export interface OrdersProps {
  organization: Organization;
  policy: CompiledPolicy;
  ledger: Ledger;
  savedStates: SavedStates;
  coordinator: Coordinator;
}

/** Partition keys of findings begin with the twelve digits of an account; no other item has `#` there. */
const findings = `${'?'.repeat(12)}#*`;

/**
 * People's orders: an API that AWS guards, and a function that asks the policy whether the sender may give the order. It invokes the
 * coordinator with the key of an order and nothing else; the order itself is an item of the ledger. So does the function behind the
 * buttons of Slack, and no other of the hub's.
 */
export class Orders extends Construct {
  readonly function: HubFunction;
  readonly api: OrdersApi;

  constructor(scope: Construct, id: string, props: OrdersProps) {
    super(scope, id);
    const { organization, policy, ledger, savedStates, coordinator } = props;
    this.function = new HubFunction(this, 'Function', {
      hub: organization.hub,
      name: functionNames.orders,
      description: "Asks the policy who may give an order, and hands people's orders to the coordinator.",
      entry: 'hub-functions/orders/handler.ts',
      timeout: ordersTimeout,
      memoryMegabytes: 256,
      environment: { LEDGER_TABLE: ledgerTableName, SAVED_STATES_TABLE: savedStatesTableName },
      files: { 'policy.json': `${JSON.stringify(policy, undefined, 2)}\n` },
      statements: [
        allow({
          sid: 'KeepOrders',
          actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
          resources: [ledger.tableArn],
          conditions: leadingKeys('StringLike', `${orderPrefix}*`),
        }),
        allow({
          sid: 'ReadFindings',
          actions: ['dynamodb:GetItem', 'dynamodb:Query'],
          resources: [ledger.tableArn],
          conditions: leadingKeys('StringLike', findings),
        }),
        allow({
          sid: 'LookThroughFindings',
          // No condition on keys holds for a scan. The function shows each finding to those alone who may see it.
          actions: ['dynamodb:Scan'],
          resources: [ledger.tableArn],
        }),
        allow({
          sid: 'ReadSavedStates',
          actions: ['dynamodb:Query'],
          resources: [savedStates.tableArn],
          conditions: leadingKeys('StringLike', findings),
        }),
        readStopSwitch(ledger.tableArn),
        readTree(ledger.tableArn),
        readNames(ledger.tableArn),
        allow({
          sid: 'HandToCoordinator',
          actions: ['lambda:InvokeFunction'],
          resources: [coordinator.resource.functionArn],
        }),
      ],
    });
    this.api = new OrdersApi(this, 'Api', { organization, handler: this.function.resource });
    const { url } = this.api;
    new StringParameter(this, 'Url', {
      parameterName: ordersUrlParameter,
      description: 'To which orders are posted.',
      stringValue: url,
    });
    new CfnOutput(Stack.of(this), 'OrdersUrl', { value: url, description: 'To which orders are posted.' });
  }
}
