<?php

namespace Acme\Mailer;

final class Transport
{
    public function send(string $host, string $message): bool
    {
        $stream = \fsockopen($host, 25);
        return $stream !== false && \fwrite($stream, $message) !== false;
    }
}
