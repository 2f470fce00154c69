/** The script of the demo shop's pages and of the documentation; each part finds what it needs. */
import { startCopyButtons } from './copy-buttons';
import { showEvents } from './show-events';
import { showPreview } from './show-preview';
import { showWebhooks } from './show-webhooks';

startCopyButtons();
showPreview();
showEvents();
showWebhooks();
