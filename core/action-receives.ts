/**
 * How often what somebody did in Slack is received at most: with the pauses between, half a day. Then it is a dead letter, and told as
 * not done.
 */
export const slackActionReceives = 370;
