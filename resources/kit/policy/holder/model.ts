import { ResourceInputError } from '../../../../core/errors';
import { type Fields, fieldsOf, optionalTextOf } from '../../input';
import { type ResourcePolicy, readPolicy } from '../resource-policy';

/** A resource as far as its one policy document decides who can reach it. */
export interface PolicyHolder {
  /** Its id, as findings have it; empty where the input does not say. */
  id: string;
  /** The account that owns it; absent where the input does not say. */
  accountId?: string;
  /** Absent where the input does not say. */
  arn?: string;
  /** Absent where it has none. */
  policy?: ResourcePolicy;
  /** When it was made, as AWS answers it, by which a later resource of its name is another one; absent where AWS does not say. */
  createdAt?: string;
  /** The input does not hold the policy, so that nothing is known of it; absent where it does. */
  unrecorded?: true;
}

/** What a service's answer says of a resource, before it is checked. */
export interface HolderFields {
  id?: unknown;
  accountId?: unknown;
  arn?: unknown;
  /** Its text, or an object; undefined, null or empty where there is none. */
  policy?: unknown;
  createdAt?: unknown;
}

/** How the model of one type is filled from its service's answers. */
export interface HolderAnswers {
  /** The resource, for people, as the beginning of a sentence: `The queue`. */
  subject: string;
  /** A key that every answer of the service has; an object without it may have the plain form. */
  answerKey: string;
  /**
   * The parts of an answer.
   * @throws ResourceInputError when it cannot be understood
   */
  fromAnswer(fields: Fields): HolderFields;
  /** Why an answer without a policy is no whole one, as a sentence; absent where a resource may have none. */
  mustHavePolicy?: string;
  /** The account and ARN that an id says; nothing where it does not. */
  placeOf?(id: string): { accountId?: string; arn?: string };
}

/**
 * Fills the model from what a service answers, or from the form that is the same for all of them:
 * `{"Name": …, "AccountId": …, "Arn": …, "Policy": <text or object>}`, each of which may be left out but `Policy`.
 * @throws ResourceInputError when it cannot be understood.
 */
export function holderFromApi(answer: unknown, answers: HolderAnswers): PolicyHolder {
  const fields = fieldsOf(answer, answers.subject);
  if (Object.hasOwn(fields, answers.answerKey)) return holderOf(answers.fromAnswer(fields), answers);
  if (!isPlain(fields)) return holderOf(answers.fromAnswer(fields), answers);
  if (answers.mustHavePolicy !== undefined && isAbsentPolicy(fields.Policy)) {
    throw new ResourceInputError(answers.mustHavePolicy);
  }
  return holderOf(
    {
      id: fields.Name,
      accountId: fields.AccountId,
      arn: fields.Arn,
      policy: fields.Policy,
    },
    answers,
  );
}

/** Whether an object has the form that is the same for all services, and not that of an answer. */
function isPlain(fields: Fields): boolean {
  return Object.hasOwn(fields, 'Policy');
}

/** The name in the form that is the same for all services; undefined where an object has another form, or none. */
export function plainName(fields: Fields): unknown {
  return isPlain(fields) ? fields.Name : undefined;
}

/**
 * The model of a resource.
 * @throws ResourceInputError when a part cannot be understood.
 */
export function holderOf(
  { id, accountId, arn, policy, createdAt }: HolderFields,
  { placeOf }: Pick<HolderAnswers, 'placeOf'> = {},
): PolicyHolder {
  const name = optionalTextOf(id, 'The id') ?? '';
  const place = placeOf?.(name) ?? {};
  const owner = accountOf(accountId) ?? place.accountId;
  const address = optionalTextOf(arn, 'The ARN') ?? place.arn;
  const holder: PolicyHolder = { id: name };
  if (owner !== undefined) holder.accountId = owner;
  if (address !== undefined) holder.arn = address;
  if (!isAbsentPolicy(policy)) holder.policy = readPolicy(policy, 'Policy');
  if (createdAt !== undefined && createdAt !== null) holder.createdAt = String(createdAt);
  return holder;
}

/** Whether an answer holds no policy. */
export function isAbsentPolicy(policy: unknown): boolean {
  return policy === undefined || policy === null || policy === '';
}

function accountOf(accountId: unknown): string | undefined {
  const text = optionalTextOf(accountId, 'AccountId');
  if (text !== undefined && !/^\d{12}$/.test(text)) {
    throw new ResourceInputError(
      `AccountId should be the twelve digits of an account, and is ${JSON.stringify(text)}.`,
    );
  }
  return text;
}
