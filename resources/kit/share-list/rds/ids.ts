import { anyCharacters, type IdForm } from '../../id-form';
import type { ResourceIds } from '../../resource-type';
import type { SnapshotNames } from './snapshot-names';

/** Of snapshots that RDS and AWS Backup make by themselves, the name has another one before it, and a colon. */
const pattern = /^[a-z][a-z0-9:-]{0,254}$/;
const form: IdForm = [
  { characters: /[a-z]/, least: 1, most: 1 },
  { characters: /[a-z0-9:-]/, least: 0, most: 254 },
];

/**
 * What the names of snapshots look like, which RDS keeps in small letters:
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSnapshot.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBClusterSnapshot.html
 * @param noun `an RDS snapshot`
 */
export function snapshotIds({ kind }: Pick<SnapshotNames, 'kind'>, noun: string): ResourceIds {
  const arn = new RegExp(`^arn:[^:]*:rds:[^:]*:[^:]*:${kind}:`);
  return {
    pattern,
    form,
    noun,
    idNoun: `${noun}'s name`,
    isNamedBy: (text) => arn.test(text),

    /** Takes an ARN, or large letters, for what they are. */
    instead(text) {
      const name = text.replace(arn, '').toLowerCase();
      if (name !== text && /^[a-z0-9*:-]{1,255}$/.test(name))
        return `write the snapshot's name alone: ${name}.`;
      return `${noun} is named by its name, of letters, digits and single hyphens, like orders-before-upgrade; ${anyCharacters}.`;
    },
  };
}
