/** The two files of iframe-resizer that its own types leave out, and the setting the child reads. */

declare module 'iframe-resizer/js/iframeResizer' {
	import iframeResizer from 'iframe-resizer';
	export default iframeResizer;
}

declare module 'iframe-resizer/js/iframeResizer.contentWindow';

interface Window {
	iFrameResizer?: import('iframe-resizer').IFramePageOptions;
}
