/** What differs from type to type in what people read of a share list. */
export interface ShareWords {
  /** The resource: `snapshot`. */
  noun: string;
  /** What everybody may do, after "Everybody may": `create volumes from it, and so read its data`. */
  everybodyMay: string;
  /** The service, as it is called in sentences: `EC2`. */
  service: string;
  /** The setting that blocks sharing with everybody, which begins no sentence: `block public access for EBS snapshots`. Absent where AWS has none. */
  block?: string;
}
