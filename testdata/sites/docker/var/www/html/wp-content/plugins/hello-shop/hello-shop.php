<?php
/*
 * Plugin Name: Hello Shop
 * Version: 1.2.0
 */

add_action('wp_footer', function () {
    echo 'Hello';
});
