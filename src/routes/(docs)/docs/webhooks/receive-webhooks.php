<?php
// receive.php: run it with `php -S 127.0.0.1:4000 receive.php` in Cashdesk's folder.
$keys = json_decode(file_get_contents('data/demo.json'), true);

// The secret's bytes: base64 after whsec_, else the text as it is.
function keyOf(string $secret): string
{
    return str_starts_with($secret, 'whsec_') ? base64_decode(substr($secret, 6)) : $secret;
}

function isGenuine(string $secret, array $headers, string $body): bool
{
    $id = $headers['HTTP_WEBHOOK_ID'] ?? '';
    $timestamp = $headers['HTTP_WEBHOOK_TIMESTAMP'] ?? '';
    $digest = hash_hmac('sha256', "$id.$timestamp.$body", keyOf($secret), true);
    $expected = 'v1,' . base64_encode($digest);
    $isFresh = ctype_digit($timestamp) && abs(time() - (int) $timestamp) < 300;
    foreach (explode(' ', $headers['HTTP_WEBHOOK_SIGNATURE'] ?? '') as $one) {
        if ($isFresh && hash_equals($expected, $one)) {
            return true;
        }
    }
    return false;
}

// The bytes as they came: a body that was parsed and written again may differ.
$body = file_get_contents('php://input');
// One address for each API: /cashier, /charges, /checkout.
$secret = $keys[substr($_SERVER['REQUEST_URI'], 1)]['webhook_secret'] ?? null;
$taken = $secret !== null && isGenuine($secret, $_SERVER, $body);
if ($taken) {
    error_log($body);
}
http_response_code($taken ? 204 : 401);
