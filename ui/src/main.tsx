import { render } from 'preact';
import { App } from './app.tsx';
import { listenToKeys } from './state/keys.ts';
import { startLive } from './state/live.ts';
import { applyTheme } from './state/theme.ts';
import './styles/index.css';

const root = document.getElementById('app');
if (root) {
  applyTheme();
  listenToKeys();
  startLive();
  render(<App />, root);
}
