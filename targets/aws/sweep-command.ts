/** What deletes whatever a run has left behind. */
export function sweepCommand({ account, region, runId }: Record<'account' | 'region' | 'runId', string>): string {
  return `npx cognito-conformance aws sweep --account ${account} --region ${region} --run ${runId}`;
}
