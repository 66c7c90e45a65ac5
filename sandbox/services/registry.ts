import { account } from './account/service';
import { apigateway } from './apigateway/service';
import { cloudformation } from './cloudformation/service';
import { cloudtrail } from './cloudtrail/service';
import { cloudwatch } from './cloudwatch/service';
import { config } from './config/service';
import { dynamodb } from './dynamodb/service';
import { ec2 } from './ec2/service';
import { ecr } from './ecr/service';
import { events } from './events/service';
import { iam } from './iam/service';
import { kms } from './kms/service';
import { lambda } from './lambda/service';
import { logs } from './logs/service';
import { organizations } from './organizations/service';
import { rds } from './rds/service';
import { s3 } from './s3/service';
import { s3Control } from './s3-control/service';
import { secretsManager } from './secrets-manager/service';
import { securityHub } from './security-hub/service';
import type { Service } from './service';
import { sns } from './sns/service';
import { sqs } from './sqs/service';
import { ssm } from './ssm/service';
import { sts } from './sts/service';

/** Every AWS service of which the sandbox knows more than moto does. */
export const services: readonly Service[] = [
  account,
  apigateway,
  cloudformation,
  cloudtrail,
  cloudwatch,
  config,
  dynamodb,
  ec2,
  ecr,
  events,
  iam,
  kms,
  lambda,
  logs,
  organizations,
  rds,
  s3,
  s3Control,
  secretsManager,
  securityHub,
  sns,
  sqs,
  ssm,
  sts,
];

const byName = new Map(services.map((service) => [service.name, service]));

/** The service of this name; undefined for one of which moto alone knows. */
export function serviceNamed(name: string): Service | undefined {
  return byName.get(name);
}

/** The service of a resource; undefined as with `serviceNamed`, and for `*`. */
export function serviceOfArn(arn: string): Service | undefined {
  return byName.get(arn.split(':')[2] ?? '');
}

/**
 * The name of the service that a signed request is for; see `ApiCall.service`.
 * @param signingName as the signature has it: `s3` also for S3 Control, `monitoring` for CloudWatch
 */
export function serviceSignedAs(signingName: string, path: string): string {
  const signed = services.filter(({ name, protocol }) => (protocol?.signingName ?? name) === signingName);
  const prefixOf = ({ protocol }: Service) => protocol?.pathPrefix;
  const found =
    signed.find((service) => path.startsWith(prefixOf(service) ?? '\0')) ??
    signed.find((service) => prefixOf(service) === undefined);
  return found?.name ?? signingName;
}
