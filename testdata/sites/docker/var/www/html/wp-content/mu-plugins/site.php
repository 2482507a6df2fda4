<?php
/*
 * Plugin Name: Site
 * Version: 0.3
 */

add_filter('xmlrpc_enabled', '__return_false');
