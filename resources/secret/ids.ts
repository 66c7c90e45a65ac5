import { anyCharacters, type IdForm } from '../kit/id-form';
import type { ResourceIds } from '../kit/resource-type';

const form: IdForm = [
  { text: 'arn:aws' },
  // The other partitions: -cn, -us-gov.
  { characters: /[a-z-]/, least: 0, most: 7 },
  { text: ':secretsmanager:' },
  { characters: /[a-z0-9-]/, least: 9, most: 25 },
  { text: ':' },
  { characters: /[0-9]/, least: 12, most: 12 },
  { text: ':secret:' },
  { characters: /[A-Za-z0-9/_+=.@-]/, least: 1, most: 512 },
  { text: '-' },
  { characters: /[A-Za-z0-9]/, least: 6, most: 6 },
];

/**
 * What the ARN of a secret looks like, which is its id in AWS Config. It ends in six characters that AWS chooses, so that a secret that
 * was deleted and made again under its name has another one:
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
 */
export const secretIds: ResourceIds = {
  pattern:
    /^arn:aws(?:-[a-z-]{1,6})?:secretsmanager:[a-z0-9-]{9,25}:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]{1,512}-[A-Za-z0-9]{6}$/,
  form,
  noun: 'a secret',
  idNoun: "a secret's ARN",
  isNamedBy: (text) => /^arn:[^:]*:secretsmanager:/.test(text),

  /** Takes an ARN without its end, or a name, for what it is. */
  instead(text) {
    const name = /^(?:arn:[^:]*:secretsmanager:[^:]+:[^:]+:secret:)?([A-Za-z0-9/_+=.@*-]{1,512})$/.exec(
      text,
    )?.[1];
    if (name !== undefined) {
      return `a secret is named by its whole ARN: aws secretsmanager describe-secret --query ARN --secret-id ${name.replaceAll('*', 'NAME')} says it; ${anyCharacters}.`;
    }
    return `a secret is named by its ARN, like arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf; ${anyCharacters}.`;
  },

  isAt: (id, { accountId, region }) => id.split(':').slice(3, 5).join(':') === `${region}:${accountId}`,
};
