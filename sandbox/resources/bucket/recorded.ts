import { GetBucketLocationCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import type { JsonObject } from '../../../core/json';
import type { Place, ResourcePlace } from '../../events';
import type { ApiCall } from '../../gateway/api';
import { textsOf } from '../../services/config/call-parameters';
import type { LiveResource } from '../../services/config/configuration-item';
import {
  type Aspects,
  covers,
  type RecordedType,
  type RecordingParts,
  type Touch,
} from '../../services/config/recorded-type';
import { bucketAspects } from './aspects';
import { ownerIn, tagsIn } from './configuration';

const resourceType = 'AWS::S3::Bucket';

/**
 * Buckets. A bucket belongs to the account and the Region in which it lies, whoever changes it from wherever. Only the
 * parts that a call changes are read again, because each is an API of its own.
 */
export function buckets({ clients }: Pick<RecordingParts, 'clients'>): RecordedType {
  const regions = new Map<string, string>();

  return {
    resourceType,

    async touches(call) {
      if (call.service !== 's3') return [];
      const aspects = aspectsOf(call);
      const bucket = textsOf(call, 'Bucket')[0];
      if (aspects === undefined || bucket === undefined) return [];
      const region = await regionOf(bucket, call);
      if (call.operation === 'DeleteBucket') regions.delete(bucket);
      return [
        { accountId: call.accountId, region, resourceType, resourceId: bucket, aspects } satisfies Touch,
      ];
    },

    async list(place) {
      const { Buckets = [] } = await clients.of(place).s3.send(new ListBucketsCommand({}));
      const names = Buckets.flatMap(({ Name }) => (Name === undefined ? [] : [Name]));
      const found = await Promise.all(names.map((name) => regionOf(name, place)));
      return names.filter((_name, index) => found[index] === place.region);
    },

    async read(resource, aspects, previous) {
      try {
        return await readBucket(resource, aspects, previous);
      } catch (error) {
        if (error instanceof Error && error.name === 'NoSuchBucket') return undefined;
        throw error;
      }
    },
  };

  async function readBucket(
    resource: ResourcePlace,
    aspects: Aspects,
    previous: LiveResource | undefined,
  ): Promise<LiveResource> {
    const { s3 } = clients.of(resource);
    const bucket = resource.resourceId;
    const wanted = previous === undefined ? 'everything' : aspects;
    const created =
      previous === undefined
        ? creationDate(resource, bucket)
        : Promise.resolve(previous.resourceCreationTime);
    const values = await Promise.all(
      bucketAspects.map(async ({ name, read }) =>
        covers(wanted, name)
          ? { [name]: await read(s3, bucket) }
          : { [name]: previous?.supplementaryConfiguration[name] },
      ),
    );
    const supplementaryConfiguration: JsonObject = Object.fromEntries(
      Object.entries(Object.assign({}, ...values)).filter(([, value]) => value !== undefined),
    ) as JsonObject;
    const creation = await created;
    return {
      resourceName: bucket,
      ARN: `arn:aws:s3:::${bucket}`,
      availabilityZone: 'Regional',
      resourceCreationTime: creation,
      tags: tagsIn(supplementaryConfiguration),
      relationships: [],
      configuration: { name: bucket, owner: ownerIn(supplementaryConfiguration), creationDate: creation },
      supplementaryConfiguration,
    };
  }

  async function creationDate(place: Place, bucket: string): Promise<string | null> {
    const { Buckets = [] } = await clients.of(place).s3.send(new ListBucketsCommand({}));
    return Buckets.find(({ Name }) => Name === bucket)?.CreationDate?.toISOString() ?? null;
  }

  /** The Region of a bucket; for one that is gone and was never seen, the Region of the call. */
  async function regionOf(bucket: string, from: Place | ApiCall): Promise<string> {
    const known = regions.get(bucket);
    if (known !== undefined) return known;
    try {
      const place = { accountId: from.accountId, region: from.region };
      const { LocationConstraint } = await clients
        .of(place)
        .s3.send(new GetBucketLocationCommand({ Bucket: bucket }));
      const region = regionOfLocation(LocationConstraint);
      regions.set(bucket, region);
      return region;
    } catch (error) {
      if (error instanceof Error && error.name === 'NoSuchBucket') return from.region;
      throw error;
    }
  }
}

/**
 * A location as a Region; the first two have names of their own:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
 */
function regionOfLocation(location: string | undefined): string {
  if (location === undefined || location === '') return 'us-east-1';
  return location === 'EU' ? 'eu-west-1' : location;
}

/** What a call changes of a bucket; undefined when nothing that an item shows. */
function aspectsOf(call: ApiCall): Aspects | undefined {
  if (call.operation === 'CreateBucket' || call.operation === 'DeleteBucket') return 'everything';
  const names = bucketAspects
    .filter(({ operations }) => operations.includes(call.operation))
    .map(({ name }) => name);
  return names.length > 0 ? new Set(names) : undefined;
}
