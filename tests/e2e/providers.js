// `node providers.js http://127.0.0.1:8080`: the providers for an app at this address, until they are ended. Their first line
// is the environment that the server needs to know them. `cargo xtask serve --login` starts this.
import { startProviders } from './fixtures/provider.js';

const app = process.argv[2];
if (!app) throw new Error('Say where the app is: node providers.js http://127.0.0.1:8080');
const providers = await startProviders(app);
process.stdout.write(`${JSON.stringify(providers.settings)}\n`);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
