#!/usr/bin/env node
import { main } from './commands.ts';

// Who reads our output may stop (`| head`): the run still ends as it must, with its own exit code.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.exit(2);
});
process.exitCode = await main(process.argv.slice(2));
