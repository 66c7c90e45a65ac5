import {
  iamPath,
  ledgerTableName,
  ordersUrlParameter,
  queueNames,
  roleNames,
  savedStatesTableName,
  stackSetPrefix,
} from '../../core/names';
import type { Place } from '../events';

/** A statement of an identity policy that allows something. */
interface Statement {
  Effect: 'Allow';
  Action: string | readonly string[];
  Resource: string | readonly string[];
}

/** What lets a principal of any account of the organization knock at the hub's API. */
export function invokeOrders({ accountId, region }: Place): Statement {
  return {
    Effect: 'Allow',
    Action: 'execute-api:Invoke',
    Resource: `arn:aws:execute-api:${region}:${accountId}:*/*/POST/orders`,
  };
}

/** All that an operator's role requires in the hub, as `docs/operate.md` says it: a test holds the page to it. */
export function operatorStatements(hub: Place): Statement[] {
  const arn = (service: string, resource: string) =>
    `arn:aws:${service}:${hub.region}:${hub.accountId}:${resource}`;
  return [
    {
      Effect: 'Allow',
      Action: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'],
      Resource: arn('dynamodb', `table/${ledgerTableName}`),
    },
    { Effect: 'Allow', Action: 'dynamodb:Query', Resource: arn('dynamodb', `table/${savedStatesTableName}`) },
    invokeOrders(hub),
    { Effect: 'Allow', Action: 'ssm:GetParameter', Resource: arn('ssm', `parameter${ordersUrlParameter}`) },
    { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: arn('sqs', queueNames.patrol) },
    {
      Effect: 'Allow',
      Action: [
        'organizations:ListRoots',
        'organizations:ListOrganizationalUnitsForParent',
        'organizations:ListAccountsForParent',
      ],
      Resource: '*',
    },
    // For the doctor; CloudFormation asks in the caller's name whether the hub is a delegated administrator.
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Resource: `arn:aws:iam::${hub.accountId}:role${iamPath}${roleNames.doctor}`,
    },
    {
      Effect: 'Allow',
      Action: 'cloudformation:ListStackInstances',
      Resource: `arn:aws:cloudformation:${hub.region}:*:stackset/${stackSetPrefix}*:*`,
    },
    { Effect: 'Allow', Action: 'organizations:ListDelegatedAdministrators', Resource: '*' },
    // For a plan to tell whether a role that the policy names exists.
    {
      Effect: 'Allow',
      Action: ['iam:GetRole', 'iam:GetUser'],
      Resource: [`arn:aws:iam::${hub.accountId}:role/*`, `arn:aws:iam::${hub.accountId}:user/*`],
    },
  ];
}
