import { text, type Flags } from '../command/flags.ts';
import { UsageError } from '../usage-error.ts';
import type { Named } from './caller.ts';

/** What `--account` and `--region` name for `what`. Throws a `UsageError`. */
export function namedBy(flags: Flags, what: string): Named {
  const [account, region] = [text(flags['account']), text(flags['region'])];
  if (account === undefined || region === undefined) {
    throw new UsageError(
      `${what} needs --account ID and --region NAME, such as --account 123456789012 --region eu-west-1: it works in no other`,
    );
  }
  if (!/^\d{12}$/.test(account)) throw new UsageError(`--account "${account}" is no id of an account: twelve digits`);
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
    throw new UsageError(`--region "${region}" is no name of a region, such as eu-west-1`);
  }
  return { account, region };
}
