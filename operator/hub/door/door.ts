import { realWaiting } from '../../../core/jittered';
import type { OrderAnswer, OrderRequest } from '../../../core/order';
import { keptOrdersUrl, regionOfUrl } from './orders-url';
import { type SendingParts, sendOrder } from './send-order';
import { SignedPosts } from './signed-posts';

/** Where orders go; what is left out is found. */
export interface DoorPlace {
  /** The URL to which orders are posted; else the one that the hub's account keeps. */
  url?: URL;
  /** Where what AWS would answer is sent in its place, as with the SDK's clients. */
  endpoint?: URL;
}

/** What looking for the URL is wrapped in: it says what went wrong with that. */
type AskUrl = (question: () => Promise<URL>) => Promise<URL>;

/** The hub's door for orders, which are signed with the credentials that the SDK finds. */
export class Door {
  private readonly posts: SignedPosts;
  private found: Promise<URL> | undefined;

  /**
   * @param region of the hub
   * @param askUrl wraps looking for the URL
   * @param time injected, so that no test waits
   */
  constructor(
    private readonly region: string,
    private readonly place: DoorPlace,
    private readonly askUrl: AskUrl,
    private readonly time: Pick<SendingParts, 'waiting' | 'now'> = { waiting: realWaiting, now: Date.now },
  ) {
    this.posts = new SignedPosts(region, place.endpoint);
  }

  /** Gives an order; `sendOrder` says what comes of it. Also throws what looking for the URL does. */
  async send(order: OrderRequest): Promise<OrderAnswer> {
    const url = this.place.url ?? (await this.keptUrl());
    const headers = { 'content-type': 'application/json' };
    const region = regionOfUrl(url) ?? this.region;
    return sendOrder(order, {
      post: (body) => this.posts.post({ url, service: 'execute-api', region, headers, body }),
      ...this.time,
    });
  }

  /** Looked for once. */
  private keptUrl(): Promise<URL> {
    this.found ??= this.askUrl(() => keptOrdersUrl(this.posts, this.region));
    return this.found;
  }

  /** Closes connections. */
  close(): void {
    this.posts.close();
  }
}
