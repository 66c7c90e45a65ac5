import type { Place } from '../../events';
import type { Model } from './model';

/** A method of a REST API. */
export interface Method {
  httpMethod: string;
  resourceId: string;
  /** Whether callers sign for AWS IAM, or nobody is asked who he is. */
  authorizationType: 'AWS_IAM' | 'NONE';
  functionArn: string;
  /** How long the integration may take; milliseconds. */
  timeout: number;
  /** By content type; what bodies are checked by, where they are. */
  models: Readonly<Record<string, Model>>;
}

/** What a stage serves: the methods and the policy that were there when it was deployed. */
export interface Deployed {
  deploymentId: string;
  methods: readonly (Method & { resourcePath: string })[];
}

/** A REST API as its template describes it. */
export class RestApi implements Place {
  readonly accountId: string;
  readonly region: string;
  /** Parents and parts by the id of a resource. */
  private readonly resources = new Map<string, { parentId: string; pathPart: string }>();
  private readonly methods: Method[] = [];
  readonly models = new Map<string, Model>();
  /** Ids of the validators that check bodies, and whether they do. */
  readonly validators = new Map<string, boolean>();
  readonly deployments = new Map<string, Deployed>();

  /** @param policy the resource policy's text; absent for none */
  constructor(
    readonly id: string,
    place: Place,
    readonly policy: string | undefined,
  ) {
    this.accountId = place.accountId;
    this.region = place.region;
  }

  get rootResourceId(): string {
    return `${this.id}root`;
  }

  addResource(id: string, parentId: string, pathPart: string): void {
    this.resources.set(id, { parentId, pathPart });
  }

  addMethod(method: Method): void {
    this.methods.push(method);
  }

  /** What is there now is what a stage of this deployment serves. */
  deploy(deploymentId: string): void {
    const methods = this.methods.map((method) => ({
      ...method,
      resourcePath: this.pathOf(method.resourceId),
    }));
    this.deployments.set(deploymentId, { deploymentId, methods });
  }

  /** ARN of a method, as `execute-api:Invoke` is about it: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html */
  arnOf(stage: string, { httpMethod, resourcePath }: { httpMethod: string; resourcePath: string }): string {
    return `${this.arn}/${stage}/${httpMethod}${resourcePath}`;
  }

  /** The policy with every resource as an ARN: `execute-api:/…` is this API's. */
  completePolicy(): string | undefined {
    return this.policy?.replaceAll('"execute-api:/', `"${this.arn}/`);
  }

  private get arn(): string {
    return `arn:aws:execute-api:${this.region}:${this.accountId}:${this.id}`;
  }

  private pathOf(resourceId: string): string {
    const resource = this.resources.get(resourceId);
    if (!resource) return '';
    return `${this.pathOf(resource.parentId)}/${resource.pathPart}`;
  }
}
