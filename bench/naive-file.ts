import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { naiveBucket, naiveGroup, naiveHolder, naiveKey, naiveRepository, naiveWideGroup } from './naive';

/** By a text that only items of the type have. */
const judges: readonly (readonly [string, readonly ((text: string) => boolean)[]])[] = [
  ['"resourceType":"AWS::EC2::SecurityGroup","resourceId"', [naiveGroup, naiveWideGroup]],
  ['"resourceType":"AWS::S3::Bucket","resourceId"', [naiveBucket]],
  ['"resourceType":"AWS::SQS::Queue","resourceId"', [naiveHolder]],
  ['"resourceType":"AWS::SNS::Topic","resourceId"', [naiveHolder]],
  ['"resourceType":"AWS::ECR::Repository","resourceId"', [naiveRepository]],
  ['"resourceType":"AWS::KMS::Key","resourceId"', [naiveKey]],
];

/** Judges the items of a file, one a line, as anybody would: how many are dangerous. */
async function main(file: string): Promise<void> {
  let dangerous = 0;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const own = judges.find(([mark]) => line.includes(mark))?.[1] ?? [];
    for (const isDangerous of own) if (isDangerous(line)) dangerous += 1;
  }
  console.log(dangerous);
}

void main(process.argv[2] ?? '');
